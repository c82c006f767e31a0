# Versions that the cluster does not support: an add-on and nodes that are newer, nodes that are too old.
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

resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/shop"
  version  = "1.36"
  vpc_config {
    subnet_ids = ["subnet-0000000a", "subnet-0000000b"]
  }
}

resource "aws_eks_addon" "new" {
  cluster_name  = aws_eks_cluster.shop.name
  addon_name    = "kube-proxy"
  addon_version = "v1.37.0-eksbuild.1"
}

resource "aws_eks_addon" "usual" {
  cluster_name = aws_eks_cluster.shop.name
  addon_name   = "coredns"
}

resource "aws_eks_node_group" "new" {
  cluster_name    = aws_eks_cluster.shop.name
  node_group_name = "new"
  node_role_arn   = "arn:aws:iam::111122223333:role/shop-node"
  subnet_ids      = ["subnet-0000000a", "subnet-0000000b"]
  version         = "1.37"
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_eks_node_group" "old" {
  cluster_name    = aws_eks_cluster.shop.name
  node_group_name = "old"
  node_role_arn   = "arn:aws:iam::111122223333:role/shop-node"
  subnet_ids      = ["subnet-0000000a", "subnet-0000000b"]
  version         = "1.32"
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_eks_node_group" "usual" {
  cluster_name    = aws_eks_cluster.shop.name
  node_group_name = "usual"
  node_role_arn   = "arn:aws:iam::111122223333:role/shop-node"
  subnet_ids      = ["subnet-0000000a", "subnet-0000000b"]
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}
