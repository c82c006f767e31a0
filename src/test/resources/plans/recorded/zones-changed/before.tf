# A cluster in two zones, with nodes three minor versions behind it in one group and one in the other, before.
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

data "aws_vpc" "default" {
  default = true
}

resource "aws_subnet" "a" {
  vpc_id            = data.aws_vpc.default.id
  availability_zone = "eu-central-1a"
  cidr_block        = "172.31.200.0/24"
}

resource "aws_subnet" "b" {
  vpc_id            = data.aws_vpc.default.id
  availability_zone = "eu-central-1b"
  cidr_block        = "172.31.201.0/24"
}

resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/shop"
  version  = "1.33"
  vpc_config {
    subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
  }
}

resource "aws_eks_cluster" "office" {
  name     = "office"
  role_arn = "arn:aws:iam::111122223333:role/shop"
  version  = "1.33"
  vpc_config {
    subnet_ids              = [aws_subnet.a.id, aws_subnet.b.id]
    endpoint_private_access = false
  }
}

resource "aws_eks_node_group" "shop" {
  cluster_name    = aws_eks_cluster.shop.name
  node_group_name = "old"
  node_role_arn   = "arn:aws:iam::111122223333:role/shop-node"
  subnet_ids      = [aws_subnet.a.id, aws_subnet.b.id]
  version         = "1.30"
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_eks_node_group" "office" {
  cluster_name    = aws_eks_cluster.office.name
  node_group_name = "new"
  node_role_arn   = "arn:aws:iam::111122223333:role/shop-node"
  subnet_ids      = [aws_subnet.a.id, aws_subnet.b.id]
  version         = "1.32"
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}
