# A subnet, a bucket and a key go; the cluster skips a version; a role trusts more; a port opens.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region            = "eu-central-1"
  s3_use_path_style = true
}


data "aws_vpc" "default" {
  default = true
}

resource "aws_subnet" "nodes" {
  vpc_id     = data.aws_vpc.default.id
  cidr_block = "172.31.202.0/24"
}

resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/shop"
  version  = "1.33"

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids             = [aws_subnet.other.id]
    endpoint_public_access = false
  }
}

resource "aws_subnet" "other" {
  vpc_id     = data.aws_vpc.default.id
  cidr_block = "172.31.201.0/24"
}

resource "aws_s3_bucket" "orders" {
  bucket = "shop-orders"
  tags   = { team = "shop" }
}

resource "aws_kms_key" "kept" {
  description = "orders of shop"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ec2.amazonaws.com", "lambda.amazonaws.com"] } }
    ]
  })
}

resource "aws_security_group" "shop" {
  name        = "shop"
  description = "shop"
  vpc_id      = data.aws_vpc.default.id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.shop.id
  description       = "HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
