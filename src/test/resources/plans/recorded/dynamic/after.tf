# Blocks that are generated: a plan does not repeat them among what is configured.

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

resource "aws_security_group" "open" {
  name        = "open"
  description = "open"

  dynamic "ingress" {
    for_each = [22, 443]
    content {
      description = "port ${ingress.value}"
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_eks_node_group" "open" {
  cluster_name    = "shop"
  node_group_name = "open"
  node_role_arn   = "arn:aws:iam::111122223333:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0"]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }

  dynamic "remote_access" {
    for_each = ["ops"]
    content {
      ec2_ssh_key = remote_access.value
    }
  }
}
