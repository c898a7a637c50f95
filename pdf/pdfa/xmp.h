#pragma once

#include <string>
#include <string_view>

#include "pdf/pdfa/writer.h"

namespace sohoa {

/// Names this program as Creator and Producer, in Info and XMP alike.
inline constexpr std::string_view kCreator = "sohoa";
inline constexpr std::string_view kProducer = "sohoa " SOHOA_VERSION;

/// UTF-8 without what XML 1.0 forbids: other bytes become U+FFFD, control characters spaces.
std::string cleanText(std::string_view text);

/// The XMP packet that says what the Info dictionary says (ISO 19005-1, 6.7.3), names the file as
/// PDF/A-1b, and describes its own properties in a PDF/A extension schema. Texts must be clean.
std::string xmpPacket(const PdfInfo& info);

}  // namespace sohoa
