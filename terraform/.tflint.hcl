# The ruleset that comes with tflint; the one for AWS is a plugin that every machine would have to download.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# One concern a file: security_group.tf, endpoints.tf.
rule "terraform_standard_module_structure" {
  enabled = false
}
