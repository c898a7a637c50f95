#pragma once

#include <string>

namespace sohoa {

/// Which model the engine loads.
struct RecogniserOptions {
  std::string tessdata = "/usr/share/tesseract-ocr/5/tessdata";  ///< folder of the model file
  std::string model = "vie";                                     ///< file name without .traineddata
};

/// Everything that decides what the engine reads on a given image; recorded in ALTO.
struct EngineInfo {
  std::string tesseract, leptonica;  ///< version numbers
  std::string model, modelSha256;    ///< name, and SHA-256 of the file in hexadecimal
  std::string cpu;                   ///< instruction sets that change the results of the int8 model
};

}  // namespace sohoa
