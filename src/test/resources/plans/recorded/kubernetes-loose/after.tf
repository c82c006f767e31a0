# Roles, pods and charts that violate the guardrails which kubernetes-broken does not.
terraform {
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "2.38.0"
    }
    helm = {
      source  = "hashicorp/helm"
      version = "3.1.1"
    }
  }
}

resource "kubernetes_namespace_v1" "shop" {
  metadata {
    name = "shop"
  }
}

resource "kubernetes_cluster_role_v1" "everything" {
  metadata {
    name = "everything"
  }
  rule {
    api_groups = ["*"]
    resources  = ["*"]
    verbs      = ["*"]
  }
}

resource "kubernetes_manifest" "exec" {
  manifest = {
    apiVersion = "rbac.authorization.k8s.io/v1"
    kind       = "Role"
    metadata   = { name = "exec", namespace = "shop" }
    rules      = [{ apiGroups = [""], resources = ["pods/exec"], verbs = ["create"] }]
  }
}

resource "kubernetes_cluster_role_binding_v1" "everybody" {
  metadata {
    name = "everybody"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "cluster-admin"
  }
  subject {
    kind      = "Group"
    name      = "system:unauthenticated"
    api_group = "rbac.authorization.k8s.io"
  }
  subject {
    kind      = "ServiceAccount"
    name      = "default"
    namespace = "shop"
  }
}

resource "kubernetes_config_map_v1" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = {
    mapRoles = yamlencode([{
      rolearn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["system:masters"]
    }])
  }
}

resource "kubernetes_manifest" "settings" {
  manifest = {
    apiVersion = "v1"
    kind       = "ConfigMap"
    metadata   = { name = "settings", namespace = "default" }
    data       = { DB_PASSWORD = "S3cret-planted-settings" }
  }
}

resource "kubernetes_deployment_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = "default"
  }
  spec {
    selector {
      match_labels = { app = "shop" }
    }
    template {
      metadata {
        labels = { app = "shop" }
      }
      spec {
        container {
          name  = "shop"
          image = "registry.example/shop:1.0.0"
          port {
            container_port = 80
            host_port      = 80
          }
          env {
            name = "DB_PASSWORD"
            value_from {
              secret_key_ref {
                name = "db"
                key  = "password"
              }
            }
          }
          security_context {
            run_as_user = "0"
            capabilities {
              add = ["SYS_ADMIN"]
            }
          }
        }
      }
    }
  }
}

resource "helm_release" "db" {
  name       = "db"
  namespace  = "shop"
  repository = "http://charts.example"
  chart      = "db"
  version    = "1.0.0"
  atomic     = true
  set = [
    { name = "auth.password", value = "S3cret-planted-chart" },
  ]
}
