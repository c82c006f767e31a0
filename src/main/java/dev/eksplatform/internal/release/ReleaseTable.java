package dev.eksplatform.internal.release;

import dev.eksplatform.internal.files.ProgramFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of this package: comments, {@code day} with the day on which the table was right, then entries. An entry is a line
 * and the indented lines after it.
 *
 * @param day the day on which the table was right
 * @param entries in the order of the file
 */
record ReleaseTable(LocalDate day, List<Entry> entries) {

    /**
     * An entry.
     *
     * @param words the words of its line
     * @param rows the lines below it, without their indentation
     */
    record Entry(List<String> words, List<String> rows) {

        String name() {
            return words.get(0);
        }
    }

    static ReleaseTable read(String file) {
        List<String> lines = ProgramFile.read(ReleaseTable.class, file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        List<Entry> entries = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(" ")) {
                entries.get(entries.size() - 1).rows().add(line.substring(1));
            } else {
                entries.add(new Entry(List.of(line.split(" ", -1)), new ArrayList<>()));
            }
        }
        return new ReleaseTable(LocalDate.parse(lines.get(0).substring("day ".length())), entries);
    }
}
