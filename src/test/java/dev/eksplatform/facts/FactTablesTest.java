package dev.eksplatform.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of facts are those of the reference data, as far as it goes. The other tests need only the tables; this one is skipped where there is no
 * reference data beside the project, in {@code ../shared/data} or the folder that {@code -Dfacts.reference} names.
 *
 * <p>To refresh the tables, for a new version of a provider, a chart or a controller's policy, collect the reference data in a folder:
 *
 * <ul>
 *   <li>{@code schemas/<provider>-<version>.json} or {@code .json.gz}: in its {@code schema} the provider's part of {@code terraform
 *       providers schema -json}
 *   <li>{@code charts/<any name>.json}: {@code chart}, {@code version} and in {@code values} each default of {@code helm show values}
 *       by its path, such as {@code "serviceAccount.create": true}
 *   <li>{@code iam/<policy>/<version>.<partition>.json}: the policy document
 * </ul>
 *
 * <p>Then run this, review the difference and commit it:
 *
 * <pre>mvn -Dquick test -Dtest=FactTablesTest -Dfacts.update=FOLDER</pre>
 */
class FactTablesTest {

    private static final @Nullable String UPDATE = System.getProperty("facts.update");

    @ParameterizedTest
    @EnumSource
    void holdsTheFactsOfTheReferenceData(FactTable table) throws IOException {
        Path reference = Path.of(UPDATE != null ? UPDATE : System.getProperty("facts.reference", "../shared/data"));
        Assumptions.assumeTrue(
                UPDATE != null || Files.isDirectory(reference),
                () -> reference + ": no reference data to compare with");
        String expected = table.from(reference);
        if (UPDATE != null) {
            Files.writeString(table.file(), expected);
        }
        assertThat(table.file()).hasContent(expected);
    }
}
