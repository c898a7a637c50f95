#pragma once

#include <qpdf/QPDF.hh>

#include "pdf/pdfa/invisible_font.h"

namespace sohoa {

/// Embeds the font as a Type0 font over a CIDFontType2 whose CIDs are its glyph numbers
/// (Identity-H), with /ToUnicode and /CIDSet (ISO 19005-1, 6.3).
QPDFObjectHandle addFont(QPDF& pdf, const InvisibleFont& font);

}  // namespace sohoa
