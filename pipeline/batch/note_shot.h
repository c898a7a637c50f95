#pragma once

#include <string>

namespace sohoa {

/// A page that was scanned twice, with a sticky note and without: the image with the note, by its
/// name (003-note.jpg, 003-ghi-chu.jpg). TT 01/2023/TT-VPCP, Art 8: it is no page of its own.
bool isNoteShot(const std::string& fileName);

}  // namespace sohoa
