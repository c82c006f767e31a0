# Whatever a guardrail about objects and charts warns of. The roles are those of guardrails-broken.
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
          hostNetwork = true
          volumes     = [{ name = "node", hostPath = { path = "/" } }]
          containers = [{
            name            = "agent"
            image           = "registry.example/agent:latest"
            securityContext = { privileged = true }
          }]
        }
      }
    }
  }
}

resource "kubernetes_daemon_set_v1" "agent" {
  metadata {
    name      = "typed-agent"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "typed-agent" }
    }
    template {
      metadata {
        labels = { app = "typed-agent" }
      }
      spec {
        host_network = true
        volume {
          name = "node"
          host_path {
            path = "/"
          }
        }
        container {
          name  = "agent"
          image = "registry.example/agent"
          security_context {
            privileged = true
          }
        }
      }
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "v1"
    kind       = "Service"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { type = "LoadBalancer", selector = { app = "shop" }, ports = [{ port = 80 }] }
  }
}

resource "kubernetes_manifest" "plain" {
  manifest = {
    apiVersion = "networking.k8s.io/v1"
    kind       = "Ingress"
    metadata   = { name = "plain", namespace = "shop" }
    spec = {
      ingressClassName = "alb"
      rules = [{ http = { paths = [{
        path = "/", pathType = "Prefix", backend = { service = { name = "shop", port = { number = 80 } } }
      }] } }]
    }
  }
}

resource "kubernetes_service_account_v1" "orders" {
  metadata {
    name        = "orders"
    namespace   = "shop"
    annotations = { "eks.amazonaws.com/role-arn" = "arn:aws:iam::111122223333:role/untrusted" }
  }
}

resource "kubernetes_service_account_v1" "forgotten" {
  metadata {
    name      = "forgotten"
    namespace = "shop"
  }
}

resource "helm_release" "any" {
  name       = "cert-manager"
  namespace  = "cert-manager"
  repository = "https://charts.jetstack.io"
  chart      = "cert-manager"
}
