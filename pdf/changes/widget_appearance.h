#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "pdf/structure/signature_fields.h"

namespace sohoa {

/// Whether a widget, as revision `section` has it, paints anything on screen or paper. What cannot
/// be read counts as painted.
bool paintsSomething(const PdfRevisions& file, std::size_t section, const PdfValue& widget);

/// What a signature shows on the document, as the newest revision has it.
struct WidgetAppearance {
  bool painted = false;
  std::size_t page = 0;    ///< counted from 1; 0: no page shows it
  bool wasSigned = false;  ///< widget and appearance are part of the signed revision
  bool unchanged = false;  ///< and everything they are drawn from is as it was then
  std::string text;        ///< UTF-8, its lines apart; by the meaning that the fonts claim
};

/// Finds what signatures show. `file` must outlive it; not thread-safe.
class AppearanceReader {
 public:
  explicit AppearanceReader(const PdfRevisions& file) : file_(file) {}
  /// Throws PdfSyntaxError.
  WidgetAppearance appearanceOf(const SignatureField& signature);

 private:
  std::size_t pageOf(std::uint32_t widget);
  bool unchangedSince(std::uint32_t widget, std::size_t section) const;

  const PdfRevisions& file_;
  bool read_ = false;
  std::map<std::uint32_t, std::size_t> pages_;  ///< of annotations
};

}  // namespace sohoa
