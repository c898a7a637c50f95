#pragma once

#include <string>
#include <vector>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// Evidence on a page of where a dossier begins in a stack. The two signals are independent, at
/// different places on the sheet and found by different detectors: QR codes by ZXing-C++, the marks
/// of a separator sheet (core/separator_marks.h) by findMarks().
struct PageSigns {
  std::vector<std::string> codes;  ///< texts of all QR codes, not only those of sohoa, UTF-8
  bool damagedCode = false;  ///< an unreadable QR code over 40 mm a side: a separator sheet's size
  int marks = 0;             ///< marks of the separator sheet's shape, anywhere on the page
  bool sheetMarks = false;   ///< at least three of them lie as on a separator sheet
  bool blank = false;        ///< hardly any ink, no code and no mark: the back of a sheet
  double inkShare = 0;       ///< share of ink pixels inside margins of 8 mm, 0..1
};

/// Looks for separator evidence on one page, at 150 dpi. Causes of an error as for decodePage:
/// fileTruncated, imageUnsupported, imageTooLarge. Call it in a worker process only: it parses
/// untrusted bytes.
Result<PageSigns> findSigns(const PageImage& page);

}  // namespace sohoa
