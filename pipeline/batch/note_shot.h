#pragma once

#include <string>

namespace sohoa {

/// Whether a file name marks the image of a page with its sticky note (003-note.jpg,
/// 003-ghi-chu.jpg). Such a page is scanned twice, with and without the note; the image with the
/// note is not a page of its own (TT 01/2023/TT-VPCP, Art 8).
bool isNoteShot(const std::string& fileName);

}  // namespace sohoa
