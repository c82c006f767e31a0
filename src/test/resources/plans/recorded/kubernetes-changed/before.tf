# Whatever a guardrail about changes watches, before.
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

resource "kubernetes_namespace_v1" "kept" {
  metadata {
    name   = "kept"
    labels = { team = "platform" }
  }
}

resource "kubernetes_namespace_v1" "gone" {
  metadata {
    name = "gone"
  }
}

resource "kubernetes_manifest" "retained" {
  manifest = {
    apiVersion = "s3.services.k8s.aws/v1alpha1"
    kind       = "Bucket"
    metadata = {
      name        = "retained"
      namespace   = "kept"
      annotations = { "services.k8s.aws/deletion-policy" = "retain" }
    }
    spec = { name = "shop-retained" }
  }
}

resource "kubernetes_manifest" "lost" {
  manifest = {
    apiVersion = "s3.services.k8s.aws/v1alpha1"
    kind       = "Bucket"
    metadata   = { name = "lost", namespace = "kept" }
    spec       = { name = "shop-lost" }
  }
}

resource "helm_release" "charts" {
  for_each   = { up = "1.8.2", far-up = "1.17.1", back = "1.13.4" }
  name       = each.key
  namespace  = "kept"
  repository = "https://charts.example.org"
  chart      = "chart"
  version    = each.value
  atomic     = true
}
