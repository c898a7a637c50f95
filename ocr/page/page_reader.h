#pragma once

#include "core/page.h"
#include "core/reading.h"
#include "ocr/engine/line_engine.h"
#include "ocr/image/decode.h"

namespace sohoa {

/// From decoded planes to a reading, in the order of the steps.
PageReading readDecoded(const PageImage& page, DecodedPage decoded, LineEngine& engine);

}  // namespace sohoa
