package dev.edj.dacpac;

import dev.edj.dacpac.file.Model;
import dev.edj.dacpac.file.RefactorOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data-tier package, as it was opened.
///
/// @param name empty where the package has none, as those of the server's own databases
/// @param version empty likewise
/// @param product the version of what made it; empty where it is not told
/// @param platform for which it was made
/// @param modelSha256 of model.xml, in upper-case hexadecimal digits
/// @param modelBytes how long that is
/// @param variables of the package's scripts, whose values are not in it
/// @param preDeployment a script that runs before everything else; absent where there is none
/// @param postDeployment a script that runs after nearly everything else; likewise
public record Dacpac(
    String name,
    String version,
    String description,
    String product,
    Platform platform,
    String modelSha256,
    int modelBytes,
    List<String> variables,
    Model model,
    List<RefactorOperation> refactorLog,
    @Nullable String preDeployment,
    @Nullable String postDeployment) {}
