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

resource "aws_security_group" "nodes" {
  name        = "shop-nodes-2"
  description = "Nodes"
}

resource "aws_cloudwatch_log_group" "audit" {
  name = "/shop/audit"
  tags = { team = "platform", group = aws_security_group.nodes.id }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

output "group" {
  value = { id = aws_security_group.nodes.id, name = aws_security_group.nodes.name }
}
