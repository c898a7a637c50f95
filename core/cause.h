#pragma once

#include <optional>
#include <string_view>

#include "core/texts/text.h"

namespace sohoa {

/// Where on a dossier's way something went wrong.
enum class Stage { intake, recognition, gate, packaging, signing, filing, verification };
std::string_view nameOf(Stage stage);

/// What the program does with the dossier (or with the run) when it meets a cause. One policy, in
/// cause.def.
enum class Disposition {
  quarantine,  ///< the input cannot be processed; a person must replace it
  hold,        ///< a person must look and decide (review queue)
  wait,        ///< a server outside is down: the dossier stays, the next run tries again
  stop,        ///< the environment is unfit: the run stops with exit code 1
};

/// Every reason sohoa can give, one row each in core/cause.def.
enum class Cause {
#define SOHOA_CAUSE(name, code, disposition, en, vi) name,
#include "core/cause.def"
#undef SOHOA_CAUSE
};

/// Stable code for scripts, reports and metadata, for example "file.empty".
std::string_view codeOf(Cause cause);
std::optional<Cause> causeFromCode(std::string_view code);
Disposition dispositionOf(Cause cause);
/// One sentence a clerk understands.
std::string_view reasonOf(Cause cause, Language language);

}  // namespace sohoa
