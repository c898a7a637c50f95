#pragma once

#include <string>

namespace sohoa {

struct RecogniserOptions {
  std::string tessdata = "/usr/share/tesseract-ocr/5/tessdata";  ///< folder of the model
  std::string model = "vie";
};

struct EngineInfo {
  std::string tesseract, leptonica;  ///< versions
  std::string model, modelSha256;
  std::string cpu;  ///< instruction sets that change the int8 model's arithmetic
};

}  // namespace sohoa
