#pragma once

#include <string>

namespace sohoa::test {

/// A small unsigned PDF 1.4 of one page with a classic cross-reference table.
struct PlainPdf {
  std::string page = "/MediaBox [0 0 595 842]";  ///< keys of the page
  std::string catalog;                           ///< more keys of the catalogue
  std::string text = "Hello World";
  std::string padding;  ///< data of a stream object nobody shows
  /// PDF/A-1b: XMP, output intent, identifier, and a font embedded (no text on the page).
  bool archival = false;
  std::string bytes() const;
};

}  // namespace sohoa::test
