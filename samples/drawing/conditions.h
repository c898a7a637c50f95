#pragma once

#include <string>
#include <vector>

#include "samples/drawing/layout.h"
#include "samples/drawing/marks.h"
#include "samples/drawing/page.h"
#include "samples/drawing/scan.h"
#include "samples/random.h"

namespace sohoa::samples {

/// clean, stamped, skewed, yellowed, low_res, table, faint, showthrough, upside_down, sideways,
/// blank, hires.
extern const std::vector<std::string> kConditions;

/// What the condition asks of one page. Throws std::invalid_argument for an unknown name.
ScanSettings scanFor(const std::string& condition, Random& random);
MarkOptions marksFor(const std::string& condition, bool hasSigner, Random& random);
/// The condition of a document's first page decides how the document was made out.
void adaptLayout(LayoutOptions& layout, const std::string& condition);

/// What was really done to the page, for the truth file.
std::vector<std::string> effectsOf(const Page& page, const ScanSettings& settings, bool backShows);

}  // namespace sohoa::samples
