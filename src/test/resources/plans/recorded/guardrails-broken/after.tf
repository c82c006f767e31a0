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

# Whatever a guardrail about configuration warns of.

resource "aws_vpc" "open" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "open" {
  vpc_id                  = aws_vpc.open.id
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_eks_cluster" "open" {
  name     = "open"
  role_arn = "arn:aws:iam::111122223333:role/open"
  version  = "1.29"

  access_config {
    authentication_mode = "CONFIG_MAP"
  }

  vpc_config {
    subnet_ids              = [aws_subnet.open.id]
    endpoint_public_access  = true
    endpoint_private_access = false
    public_access_cidrs     = ["0.0.0.0/0"]
  }
}

resource "aws_eks_addon" "cni" {
  cluster_name = aws_eks_cluster.open.name
  addon_name   = "vpc-cni"
}

resource "aws_launch_template" "open" {
  name      = "open"
  user_data = base64encode("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE")

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "optional"
    http_put_response_hop_limit = 2
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
      encrypted   = false
    }
  }

  network_interfaces {
    associate_public_ip_address = true
  }
}

resource "aws_eks_node_group" "open" {
  cluster_name    = aws_eks_cluster.open.name
  node_group_name = "open"
  node_role_arn   = "arn:aws:iam::111122223333:role/node"
  subnet_ids      = [aws_subnet.open.id]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }

  remote_access {
    ec2_ssh_key = "ops"
  }
}

resource "aws_iam_openid_connect_provider" "open" {
  url            = "https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
  client_id_list = ["sigstore"]
}

locals {
  issuer   = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
  provider = "arn:aws:iam::111122223333:oidc-provider/${local.issuer}"
  trusts = {
    everybody     = { Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" }
    whole-account = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::444455556666:root" } }
    no-subject = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com" } }
    }
    no-audience = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:sub" = "system:serviceaccount:shop:orders" } }
    }
    default-service-account = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = "system:serviceaccount:shop:default" } }
    }
    star-by-equals = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = "system:serviceaccount:shop:*" } }
    }
    everything-by-like = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringLike = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = "system:serviceaccount:*:*" } }
    }
    another-issuer = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "oidc.example:aud" = "sts.amazonaws.com", "oidc.example:sub" = "system:serviceaccount:shop:orders" } }
    }
    untrusted = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = "system:serviceaccount:elsewhere:orders" } }
    }
    orders = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = "system:serviceaccount:shop:orders" } }
    }
    forgotten = {
      Effect    = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = local.provider }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = "system:serviceaccount:shop:forgotten" } }
    }
  }
  policies = {
    everything = { Effect = "Allow", Action = "*", Resource = "*" }
    data       = { Effect = "Allow", Action = ["s3:GetObject", "secretsmanager:GetSecretValue"], Resource = "*" }
    writes     = { Effect = "Allow", Action = ["ec2:DeleteVpc", "sts:AssumeRole"], Resource = "*" }
    more       = { Effect = "Allow", Action = ["iam:PutRolePolicy", "s3:PutBucketPolicy"], Resource = "*" }
  }
}

resource "aws_iam_role" "open" {
  for_each           = local.trusts
  name               = each.key
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [each.value] })
}

resource "aws_iam_policy" "open" {
  for_each = local.policies
  name     = each.key
  policy   = jsonencode({ Version = "2012-10-17", Statement = [each.value] })
}

resource "aws_iam_role_policy_attachment" "open" {
  for_each   = toset(["AdministratorAccess", "IAMFullAccess", "AmazonEC2ContainerRegistryFullAccess"])
  role       = aws_iam_role.open["everybody"].name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_kms_key" "open" {
  is_enabled          = false
  enable_key_rotation = false
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = "*" }]
  })
}

resource "aws_cloudwatch_log_group" "endless" {
  name = "/open/endless"
}

resource "aws_cloudwatch_log_group" "short" {
  name              = "/open/short"
  retention_in_days = 7
}

resource "aws_security_group" "open" {
  name   = "open"
  vpc_id = aws_vpc.open.id
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  for_each          = { http = 80, rdp = 3389, ssh = 22 }
  security_group_id = aws_security_group.open.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_security_group_rule" "open" {
  type              = "ingress"
  security_group_id = aws_security_group.open.id
  cidr_blocks       = ["0.0.0.0/0"]
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
}

resource "aws_vpc_security_group_egress_rule" "open" {
  security_group_id = aws_security_group.open.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
