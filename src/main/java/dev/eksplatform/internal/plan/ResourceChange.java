package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a plan does with one object.
 *
 * @param address its address, such as {@code module.net.aws_subnet.private["a"]}
 * @param previousAddress its address before, when it was moved
 * @param module the module it is in, such as {@code module.net}; empty for the root module
 * @param mode who owns it
 * @param type its type, such as {@code aws_subnet}
 * @param name the block's name
 * @param deposed the key of a deposed object, left over from a replacement that failed
 * @param action what is done
 * @param reason Terraform's reason for it, such as {@code replace_because_cannot_update}
 * @param before its attributes before; null node when there was none
 * @param after its attributes after; null node when there will be none
 * @param unknown which attributes after are decided only during apply
 * @param sensitiveBefore which attributes before must not be shown
 * @param sensitiveAfter which attributes after must not be shown
 * @param replacePaths the attributes that force the replacement, each as its steps
 * @param importing the id or the identity by which an existing object is imported; an empty text when the plan does not say
 * @param generatesConfiguration whether Terraform writes the configuration of the imported object
 * @param changesIdentity whether the object has another identity afterwards
 */
public record ResourceChange(
        String address,
        Optional<String> previousAddress,
        String module,
        ResourceMode mode,
        String type,
        String name,
        Optional<String> deposed,
        Action action,
        Optional<String> reason,
        JsonNode before,
        JsonNode after,
        ValueMarks unknown,
        ValueMarks sensitiveBefore,
        ValueMarks sensitiveAfter,
        List<List<String>> replacePaths,
        Optional<String> importing,
        boolean generatesConfiguration,
        boolean changesIdentity) {

    /**
     * The type in an address.
     *
     * @param address such as {@code module.net["a"].data.aws_region.here}
     * @return such as {@code aws_region}
     */
    public static String type(String address) {
        String rest = address.replaceFirst("^(?:module\\.[^.\\[]+(?:\\[[^\\]]*\\])?\\.)*(?:data\\.)?", "");
        int dot = rest.indexOf('.');
        return dot < 0 ? "" : rest.substring(0, dot);
    }

    /**
     * The block in the configuration that this object is an instance of.
     *
     * @return the address without the last index, such as {@code aws_subnet.private} or {@code data.aws_region.here}
     */
    public String block() {
        String prefix =
                switch (mode) {
                    case MANAGED -> "";
                    case DATA -> "data.";
                    case EPHEMERAL -> "ephemeral.";
                };
        return (module.isEmpty() ? "" : module + ".") + prefix + type + "." + name;
    }
}
