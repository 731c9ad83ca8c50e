#!/bin/sh
# Creates or upgrades Temporal's two databases; safe to repeat. Credentials come from the environment.
set -eu
for database in temporal temporal_visibility; do
  folder=${database#temporal_}
  temporal-sql-tool --database "$database" create
  temporal-sql-tool --database "$database" setup-schema --version 0.0 || true # fails once the schema is there
  temporal-sql-tool --database "$database" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
