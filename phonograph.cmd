@echo off
rem Builds the Release program (MSBuild decides what is new), then forwards to it.
setlocal
set "ROOT=%~dp0"
set "PROGRAM=%ROOT%artifacts\bin\Phonograph.Cli\release\Phonograph.Cli.dll"
where dotnet >nul 2>nul
if errorlevel 1 (
  echo phonograph: 'dotnet' is not on the PATH. Install the .NET SDK 10, then repeat the command. 1>&2
  exit /b 2
)
if not exist "%ROOT%artifacts\launcher" mkdir "%ROOT%artifacts\launcher"
:lock
2>nul (
  9>"%ROOT%artifacts\launcher\lock" (
    dotnet build "%ROOT%src\Phonograph.Cli\Phonograph.Cli.csproj" --configuration Release --property:RunAnalyzers=false --nologo --verbosity quiet >"%ROOT%artifacts\launcher\build.log"
    if errorlevel 1 goto failed
  )
) || (
  timeout /t 1 /nobreak >nul
  goto lock
)
dotnet "%PROGRAM%" %*
exit /b %ERRORLEVEL%
:failed
type "%ROOT%artifacts\launcher\build.log" 1>&2
exit /b 1
