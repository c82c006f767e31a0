# Fields that Kubernetes never changes: a selector, a claim's storage class; and a claim that only grows.
terraform {
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "2.38.0"
    }
  }
}

resource "kubernetes_manifest" "selector" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "Deployment"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      replicas = 2
      selector = { matchLabels = { app = "web", tier = "front" } }
      template = {
        metadata = { labels = { app = "web", tier = "front" } }
        spec     = { containers = [{ name = "web", image = "web:1.0.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "claim" {
  manifest = {
    apiVersion = "v1"
    kind       = "PersistentVolumeClaim"
    metadata   = { name = "orders", namespace = "shop" }
    spec = {
      accessModes      = ["ReadWriteOnce"]
      storageClassName = "gp3"
      resources        = { requests = { storage = "10Gi" } }
    }
  }
}

resource "kubernetes_manifest" "larger" {
  manifest = {
    apiVersion = "v1"
    kind       = "PersistentVolumeClaim"
    metadata   = { name = "audit", namespace = "shop" }
    spec = {
      accessModes = ["ReadWriteOnce"]
      resources   = { requests = { storage = "20Gi" } }
    }
  }
}
