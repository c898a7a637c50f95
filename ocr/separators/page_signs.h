#pragma once

#include <string>
#include <vector>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// What a page shows that tells where a dossier of a stack begins. Two signals found by different
/// means at different places: QR codes by ZXing-C++, the marks of a separator sheet by our own
/// eyes.
struct PageSigns {
  std::vector<std::string> codes;  ///< texts of the QR codes, of sohoa or of any other program
  bool damagedCode = false;  ///< a QR code as large as a separator sheet's that cannot be read
  int marks = 0;             ///< marks of a separator sheet, wherever they are
  bool sheetMarks = false;   ///< three of them at least lie as on a separator sheet
  bool blank = false;        ///< hardly any ink: the back of a sheet
  double inkShare = 0;       ///< share of dark pixels within the margins
};

/// Looks at one page. Causes as decodePage (fileTruncated, imageUnsupported, imageTooLarge). Runs
/// in a worker: it parses foreign bytes.
Result<PageSigns> findSigns(const PageImage& page);

}  // namespace sohoa
