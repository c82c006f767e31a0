# The same as it should be. The roles are those of guardrails-broken.
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

resource "kubernetes_manifest" "agent" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "DaemonSet"
    metadata   = { name = "agent", namespace = "shop" }
    spec = {
      selector = { matchLabels = { app = "agent" } }
      template = {
        metadata = { labels = { app = "agent" } }
        spec = {
          serviceAccountName = "orders"
          containers = [{
            name            = "agent"
            image           = "registry.example/agent:1.4.2"
            resources       = { limits = { memory = "64Mi" } }
            securityContext = { allowPrivilegeEscalation = false }
          }]
        }
      }
    }
  }
}

resource "kubernetes_manifest" "internal" {
  manifest = {
    apiVersion = "v1"
    kind       = "Service"
    metadata   = { name = "internal", namespace = "shop" }
    spec = {
      type = "LoadBalancer", loadBalancerSourceRanges = ["10.0.0.0/8"], selector = { app = "shop" }, ports = [{ port = 80 }]
    }
  }
}

resource "kubernetes_manifest" "tls" {
  manifest = {
    apiVersion = "networking.k8s.io/v1"
    kind       = "Ingress"
    metadata   = { name = "tls", namespace = "shop" }
    spec = {
      ingressClassName = "alb"
      tls              = [{ hosts = ["shop.example.org"] }]
      rules = [{ host = "shop.example.org", http = { paths = [{
        path = "/", pathType = "Prefix", backend = { service = { name = "shop", port = { number = 80 } } }
      }] } }]
    }
  }
}

resource "kubernetes_service_account_v1" "orders" {
  metadata {
    name        = "orders"
    namespace   = "shop"
    annotations = { "eks.amazonaws.com/role-arn" = "arn:aws:iam::111122223333:role/orders" }
  }
}

resource "helm_release" "pinned" {
  name       = "cert-manager"
  namespace  = "cert-manager"
  repository = "https://charts.jetstack.io"
  chart      = "cert-manager"
  version    = "v1.18.2"
  atomic     = true
}
