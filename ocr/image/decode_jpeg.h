#pragma once

#include <string_view>

#include "core/result.h"
#include "ocr/image/decode.h"

namespace sohoa {

/// `eighths` / 8 is the scale applied in the DCT (1..16). Causes as decodePage.
Result<DecodedPage> decodeJpeg(std::string_view bytes, int eighths);

}  // namespace sohoa
