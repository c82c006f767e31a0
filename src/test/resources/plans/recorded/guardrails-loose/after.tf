# Network ACLs, registries and node groups, as they should be and as they should not.
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

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_network_acl" "open" {
  vpc_id = aws_vpc.shop.id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_network_acl.closed.id
  rule_number    = 200
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl" "closed" {
  vpc_id = aws_vpc.shop.id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 443
    to_port    = 443
  }
}

resource "aws_ecr_repository" "loose" {
  name = "loose"
}

resource "aws_ecr_repository" "tight" {
  name                 = "tight"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_eks_node_group" "own_template" {
  cluster_name    = "shop"
  node_group_name = "own-template"
  node_role_arn   = "arn:aws:iam::111122223333:role/node"
  subnet_ids      = ["subnet-0a1b2c3d"]
  launch_template {
    name    = "shop"
    version = "1"
  }
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_eks_node_group" "no_template" {
  cluster_name    = "shop"
  node_group_name = "no-template"
  ami_type        = "AL2_x86_64"
  node_role_arn   = "arn:aws:iam::111122223333:role/node"
  subnet_ids      = ["subnet-0a1b2c3d"]
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}
