module kubernetes-types

go 1.24.0
