#pragma once

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "core/separator_sheet.h"
#include "core/texts/text.h"

namespace sohoa {

/// One separator sheet with what a person is to read on it; empty texts leave their line out.
struct SeparatorPage {
  SeparatorSheet sheet;
  std::string unit, applicant, procedure, receivedOn;
};

struct SeparatorLook {
  Language language = Language::vi;
  std::string agency;
  Time printed{};
  std::string font;  ///< TrueType; empty: the system's Liberation Sans
};

/// A PDF of A4 pages, one a sheet: QR code (level H) at the top left, large text, marks at the
/// edges. The same input gives the same bytes. Causes: documentNotWritten (no font with these
/// characters).
Result<std::string> separatorPdf(const std::vector<SeparatorPage>& pages,
                                 const SeparatorLook& look);

}  // namespace sohoa
