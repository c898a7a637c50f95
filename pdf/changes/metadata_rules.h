#pragma once

#include <string_view>

#include "pdf/structure/syntax.h"

namespace sohoa {

/// Document information (ISO 32000-1, 14.3.3) differs in what a signing program writes of itself
/// alone: /ModDate, /Producer, /Creator, and a /CreationDate that was not there.
bool onlyProducerDiffers(const PdfValue& before, const PdfValue& after);

/// The same of two XMP packets: dates, the producer, the tool and the packet's own identifiers. How
/// the packet is written means nothing. A packet that is not well-formed, is larger than 1 MB or
/// declares a document type is never the same.
bool onlyProducerDiffers(std::string_view before, std::string_view after);

/// A first XMP packet says nothing but what `info` says already, and what a signing program writes
/// of itself.
bool saysNothingNew(std::string_view packet, const PdfValue& info);

}  // namespace sohoa
