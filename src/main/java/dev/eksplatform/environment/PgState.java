package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * A PostgreSQL database, with a schema for each stack. The database is that of {@code PG_CONN_STR}. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/pg">backend pg</a>.
 *
 * @param prefix the beginning of the names of the schemas, before {@code _} and the name of the stack; default none
 * @param skipSchemaCreation whether the schemas are there already; default false
 * @param skipTableCreation whether the tables are there already; default false
 * @param skipIndexCreation whether the indexes are there already; default false
 */
@YamlForm(key = "pg")
@SecretKeys({"connStr=PG_CONN_STR"})
@RecordBuilder
public record PgState(
        @Example("terraform") @Limit(pattern = PgState.PREFIX)
        Optional<String> prefix,

        @Example("true") Optional<Boolean> skipSchemaCreation,
        @Example("true") Optional<Boolean> skipTableCreation,
        @Example("true") Optional<Boolean> skipIndexCreation)
        implements StateSpec, PgStateBuilder.With {

    private static final String PREFIX = "^[A-Za-z_][A-Za-z0-9_]{0,22}$";

    /** Checks names and paths; what they name is not looked up. */
    public PgState {
        Problems problems = new Problems();
        StateText.match("prefix", prefix, PREFIX, "write it like terraform", problems);
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static PgState standard() {
        return new PgState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
