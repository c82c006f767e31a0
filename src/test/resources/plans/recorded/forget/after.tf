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

removed {
  from = aws_cloudwatch_log_group.audit

  lifecycle {
    destroy = false
  }
}
