#pragma once

#include <string>

#include "pipeline/cli/base/context.h"
#include "pipeline/review/review_view.h"

namespace sohoa::cli {

/// A held dossier in one JSON object, as `review list` and `review show` give it.
nlohmann::json heldJson(const Context& context, const HeldDossier& held);
nlohmann::json viewJson(const Context& context, const ReviewView& view);

/// "code  3 pages, batch X (accepted …)", then its reasons.
void printHeld(const Context& context, const HeldDossier& held);
/// Everything: pages with image paths and doubtful words, fields beside the register.
void printView(const Context& context, const ReviewView& view);

}  // namespace sohoa::cli
