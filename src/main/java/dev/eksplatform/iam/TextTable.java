package dev.eksplatform.iam;

import dev.eksplatform.internal.files.ProgramFile;
import org.apiguardian.api.API;

/** The tables of this package: text in ASCII with the month of its content in the first line. */
@API(status = API.Status.INTERNAL)
public final class TextTable {

    private TextTable() {}

    public static String read(String resource) {
        return ProgramFile.read(TextTable.class, resource);
    }

    /** The month in a table's first line. */
    public static String month(String table) {
        return table.substring(0, table.indexOf('\n')).replaceFirst(".*(\\d{4}-\\d{2})\\..*", "$1");
    }
}
