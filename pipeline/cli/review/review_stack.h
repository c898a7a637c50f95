#pragma once

#include "pipeline/cli/base/context.h"
#include "pipeline/dossier/dossier_folders.h"

namespace sohoa::cli {

/// What was seen on the pages of a held stack, and how to divide it.
void showStack(const Context& context, const HeldDossier& held);
nlohmann::json stackJson(const HeldStack& stack);
std::string splitHint(const Context& context);

}  // namespace sohoa::cli
