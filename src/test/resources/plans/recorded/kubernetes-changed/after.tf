# One namespace is labelled, another goes; one bucket keeps its data, another does not; charts go up, far up and back.
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
    labels = { team = "shop" }
  }
}

resource "kubernetes_manifest" "retained" {
  manifest = {
    apiVersion = "s3.services.k8s.aws/v1alpha1"
    kind       = "Bucket"
    metadata = {
      name        = "retained-2"
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
    metadata   = { name = "lost-2", namespace = "kept" }
    spec       = { name = "shop-lost" }
  }
}

resource "helm_release" "charts" {
  for_each   = { up = "1.13.4", far-up = "3.0.0", back = "1.8.2" }
  name       = each.key
  namespace  = "kept"
  repository = "https://charts.example.org"
  chart      = "chart"
  version    = each.value
  atomic     = true
}
