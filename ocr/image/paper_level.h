#pragma once

#include "ocr/image/plane.h"

namespace sohoa {

/// Divides every pixel by the brightness of the paper around it: uneven light, yellowed paper and
/// shadows go away, paper comes out near 255.
void evenPaper(Plane& grey);

}  // namespace sohoa
