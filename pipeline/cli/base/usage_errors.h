#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "pipeline/cli/base/context.h"

namespace sohoa::cli {

/// Headings of the help, and its own option, in the language of the output. To be called before any
/// command is added: they take it over.
void translateHelp(CLI::App& app, const Context& context);

/// What is wrong with a command line, in the language of the output, and where to read on.
std::string explainUsage(const CLI::App& app, const CLI::Error& error, const Context& context);

}  // namespace sohoa::cli
