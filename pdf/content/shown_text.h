#pragma once

#include <string>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// The text that a form XObject and those it draws show, UTF-8, lines apart; by what the fonts say
/// their codes mean (/ToUnicode; else Latin letters). At most a few thousand bytes; what cannot be
/// read is left out.
std::string shownText(const PdfRevisions& file, const PdfObject& form);

}  // namespace sohoa
