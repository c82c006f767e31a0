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

resource "aws_cloudwatch_log_group" "control_plane" {
  name              = "/shop/audit"
  retention_in_days = 30
}

moved {
  from = aws_cloudwatch_log_group.audit
  to   = aws_cloudwatch_log_group.control_plane
}
