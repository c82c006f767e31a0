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

resource "aws_cloudwatch_log_group" "audit" {
  name              = "/shop/audit"
  retention_in_days = 90
}

resource "aws_cloudwatch_log_group" "scheduler" {
  name = "/shop/scheduler"

  lifecycle {
    precondition {
      condition     = aws_cloudwatch_log_group.audit.retention_in_days > 365
      error_message = "Audit logs are kept longer than a year."
    }
  }
}
