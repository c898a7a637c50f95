#pragma once

typedef struct _PangoLayout PangoLayout;

namespace sohoa::samples {

/// Holds a layout, its text and font set, against the face it asks for. Fontconfig puts another
/// face in the place of a missing one, and of each letter that a face lacks, without a word.
/// Throws std::runtime_error naming the face asked for, the one that was got, and the Debian
/// package to install; also when the weight, slope or width asked for is not there.
void requireFace(PangoLayout* layout);

}  // namespace sohoa::samples
