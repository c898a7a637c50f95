#pragma once

#include "pipeline/dossier/dossier_folders.h"

namespace sohoa::test {

/// A dossier as intake records it, with every field set to something that a default is not.
inline IntakeItem sampleItem() {
  IntakeFile scan;
  scan.original = {"trang 1.tif", 12345, sha512("scan"), 2, false, {}};
  scan.kind = FileKind::tiff;
  scan.pages = {{2480, 3508, 300, 299.5, false}, {1240, 1754, 150, 150, true}};
  IntakeFile result;
  result.original = {"kết quả.pdf", 1, sha512("pdf"), 3, false, {}};
  result.kind = FileKind::pdf;
  result.alreadySigned = true;
  return {"000.00.12.H46-210901-0001", "000.00.12.H46-210901-0001", {scan, result}, {}};
}

inline IntakeItem badItem() {
  return {std::string("hồ\xFF\0sơ", 9),
          "hồ\\xFF\\x00sơ",
          {},
          ItemError{Stage::intake, Cause::dossierCode, "tên", "vì"}};
}

}  // namespace sohoa::test
