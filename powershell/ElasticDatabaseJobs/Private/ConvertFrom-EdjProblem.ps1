# The error record of a refusal. Its id is the problem's code, by which scripts can tell refusals apart; what is
# there already has the reason that scripts of the preview look for.
function ConvertFrom-EdjProblem {
    [CmdletBinding()]
    param([int] $Status, [string] $Text, [object] $Subject)

    $problem = $null
    try {
        $problem = ConvertFrom-Json -InputObject $Text
    }
    catch {
        Write-Verbose 'The answer is not JSON; something between here and the service gave it.'
    }
    $code = $problem.code
    $message = $problem.detail
    if ([string]::IsNullOrEmpty($message)) {
        $message = "HTTP $Status, from something that is no EDJ service"
    }
    if ([string]::IsNullOrEmpty($code)) {
        $code = "HTTP$Status"
    }
    $record = [System.Management.Automation.ErrorRecord]::new(
        [System.InvalidOperationException]::new($message), $code, (Get-ProblemCategory $code $Status), $Subject)
    if ($code -eq 'ALREADY_EXISTS') {
        $record.CategoryInfo.Reason = 'UniqueConstraintViolatedException'
    }
    $record
}

function Get-ProblemCategory {
    [CmdletBinding()]
    param([string] $Code, [int] $Status)

    if ($Code -eq 'ALREADY_EXISTS') {
        return [System.Management.Automation.ErrorCategory]::ResourceExists
    }
    if ($Status -eq 400) {
        return [System.Management.Automation.ErrorCategory]::InvalidArgument
    }
    if ($Status -eq 401) {
        return [System.Management.Automation.ErrorCategory]::AuthenticationError
    }
    if ($Status -eq 403) {
        return [System.Management.Automation.ErrorCategory]::PermissionDenied
    }
    if ($Status -eq 404) {
        return [System.Management.Automation.ErrorCategory]::ObjectNotFound
    }
    if ($Status -eq 409) {
        return [System.Management.Automation.ErrorCategory]::ResourceBusy
    }
    if ($Status -in 429, 503) {
        return [System.Management.Automation.ErrorCategory]::ResourceUnavailable
    }
    [System.Management.Automation.ErrorCategory]::InvalidResult
}

# An error of the module's own, thrown as those of the service are.
function New-EdjError {
    [CmdletBinding()]
    param(
        [string] $Message,
        [string] $Id,
        [System.Management.Automation.ErrorCategory] $Category,
        [object] $Subject
    )

    [System.Management.Automation.ErrorRecord]::new(
        [System.InvalidOperationException]::new($Message), $Id, $Category, $Subject)
}
