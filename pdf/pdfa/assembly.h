#pragma once

#include <filesystem>
#include <optional>
#include <qpdf/QPDF.hh>
#include <vector>

#include "pdf/incoming/open_incoming.h"
#include "pdf/pdfa/embedded_image.h"
#include "pdf/pdfa/text_layer.h"
#include "pdf/pdfa/writer.h"
#include "pdf/util/output_file.h"
#include "pdf/util/spool.h"

namespace sohoa {

/// A PDF/A that grows page by page. May throw qpdf's exceptions and BatchError.
class Assembly {
 public:
  /// `pages` says which characters the font needs; images wait in a spool in `folder`.
  Assembly(const std::filesystem::path& folder, const std::vector<PdfPageSource>& pages,
           PdfStandard standard);
  Result<void> addPage(const PdfPageSource& source);
  /// After the last page: page tree, metadata, output intent.
  void finish(const PdfInfo& info);
  void write(OutputFile& out);

 private:
  void addPageObjects(const EmbeddedImage& image, const std::string& text, double width,
                      double height, int rotation);

  PdfStandard standard_;
  Spool spool_;
  InvisibleFont font_;
  QPDF pdf_;  // after the spool: its streams read from it
  QPDFObjectHandle fontObject_;
  std::optional<OpenIncoming> open_;
  std::filesystem::path openName_;
  std::vector<QPDFObjectHandle> pages_;
};

}  // namespace sohoa
