function New-AzureSqlJobExecutionPolicy {
    <#
    .SYNOPSIS
    Creates an execution policy: time-out and retries.

    .DESCRIPTION
    What is left out is as in the Default execution policy.

    .PARAMETER ExecutionPolicyName
    Name of the execution policy.

    .PARAMETER JobExecutionTimeout
    How long an execution may take in all. Zero means as long as it takes.

    .PARAMETER InitialRetryInterval
    How long to wait before the second attempt.

    .PARAMETER RetryIntervalBackoffCoefficient
    What the wait is multiplied by from one attempt to the next.

    .PARAMETER MaximumRetryInterval
    The longest wait.

    .PARAMETER MaximumAttempts
    The most attempts, the first one counted.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    New-AzureSqlJobExecutionPolicy -ExecutionPolicyName careful -MaximumAttempts 3 -JobExecutionTimeout (New-TimeSpan -Hours 2)

    .OUTPUTS
    ElasticDatabaseJobs.ExecutionPolicy, with ExecutionPolicyName, JobExecutionTimeout, InitialRetryInterval,
    RetryIntervalBackoffCoefficient, MaximumRetryInterval and MaximumAttempts.

    .LINK
    Set-AzureSqlJobExecutionPolicy
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('ElasticDatabaseJobs.ExecutionPolicy')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ExecutionPolicyName,

        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('JobTimeout')]
        [System.Nullable[timespan]] $JobExecutionTimeout,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[timespan]] $InitialRetryInterval,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[float]] $RetryIntervalBackoffCoefficient,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[timespan]] $MaximumRetryInterval,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[int]] $MaximumAttempts,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($ExecutionPolicyName, 'Create execution policy')) {
            return
        }
        try {
            $made = Invoke-EdjRequest 'POST /policies' -Connection $AzureSqlJobConnection -Subject $ExecutionPolicyName -Body @{
                name                            = $ExecutionPolicyName
                jobTimeout                      = ConvertFrom-Span $JobExecutionTimeout
                initialRetryInterval            = ConvertFrom-Span $InitialRetryInterval
                retryIntervalBackoffCoefficient = $RetryIntervalBackoffCoefficient
                maximumRetryInterval            = ConvertFrom-Span $MaximumRetryInterval
                maximumAttempts                 = $MaximumAttempts
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-ExecutionPolicyInfo $made
    }
}
