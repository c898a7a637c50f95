#pragma once

#include <string>
#include <vector>

#include "samples/dossier.h"

namespace sohoa::samples {

/// Where one side went.
struct SideFile {
  std::string file;    ///< "001.jpg", "TP1 Đơn đề nghị/001.jpg"
  int pageInFile = 1;  ///< from 1
};

/// The truth of a dossier as JSON text; `files` runs parallel to the dossier's sides.
std::string truthOf(const Dossier& dossier, const std::vector<SideFile>& files);

}  // namespace sohoa::samples
