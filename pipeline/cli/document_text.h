#pragma once

#include <string>
#include <string_view>

#include "core/document_kind.h"
#include "pipeline/cli/base/context.h"

namespace sohoa::cli {

/// "result", "processing document", "component of the dossier", in the language of the command.
std::string_view kindInWords(const Context& context, DocumentKind kind);

/// DossierRecord::notCountedReason in a sentence's words; a cause code is put as its reason.
std::string notCountedInWords(const Context& context, const std::string& code);

}  // namespace sohoa::cli
