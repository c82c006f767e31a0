terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "password" {
  type      = string
  sensitive = true
  default   = "S3cr3t-planted-second"
}

resource "aws_ssm_parameter" "password" {
  name  = "/shop/password"
  type  = "SecureString"
  value = var.password
}

resource "aws_cloudwatch_log_group" "audit" {
  name = "/shop/audit"
  tags = { password = var.password, team = "platform" }
}

output "password" {
  value     = var.password
  sensitive = true
}
